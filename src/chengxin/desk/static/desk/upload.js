// 报送文件: shows how much of the file has been sent. Without this script the form works as it is.
"use strict";
(() => {
  const form = document.querySelector("form.dk-upload");
  const box = document.getElementById("sending");
  if (!form || !box || !window.XMLHttpRequest || !window.FormData) return;
  const bar = box.querySelector("progress");
  const text = box.querySelector("output");
  const button = form.querySelector("button[type=submit]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    const over = () => { button.disabled = false; text.textContent = box.dataset.broken; };
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (sent) => {
      if (!sent.lengthComputable) return;
      bar.value = sent.loaded / sent.total;
      text.textContent = Math.floor((100 * sent.loaded) / sent.total) + " %";
    });
    request.addEventListener("load", () => {
      // The answer is the next page, or this one with what was wrong.
      if (request.responseURL && request.responseURL !== form.action) {
        window.location.assign(request.responseURL);
      } else {
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
        window.scrollTo(0, 0);
      }
    });
    request.addEventListener("error", over);
    request.addEventListener("abort", over);
    box.hidden = false;
    button.disabled = true;
    request.send(new FormData(form));
  });
})();
