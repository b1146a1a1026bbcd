"""What the engine says when a cluster cannot do the check. Nothing has been written then."""

from typing import Final

from chengxin.kernel.errors import CreditError

_UNAVAILABLE: Final = 503
_FAULTY: Final = 500


class EngineAddressWrong(CreditError):
    """`CHENGXIN_ENGINE` is no address of a cluster. Facts: address."""

    code = "ENGINE-ADDRESS-WRONG"
    zh = (
        "计算引擎地址“{address}”无法识别，尚未写入任何数据。CHENGXIN_ENGINE 应写作 "
        "sc://主机:端口；不使用集群的，请取消该设置，由本机校验。"
    )
    en = (
        "The engine's address “{address}” is none; nothing was written. Write CHENGXIN_ENGINE as "
        "sc://host:port, or unset it to check on this machine."
    )
    status = _FAULTY


class EngineClientMissing(CreditError):
    """A cluster is named, but its client is not installed. Facts: address."""

    code = "ENGINE-CLIENT-MISSING"
    zh = "已指定集群 {address}，但未安装其客户端，尚未写入任何数据。请安装 chengxin[cluster]。"
    en = (
        "A cluster is named ({address}), but its client is not installed; nothing was written. "
        "Install chengxin[cluster]."
    )
    status = _FAULTY


class EngineUnreachable(CreditError):
    """Nobody who speaks Spark Connect answers at the address. Facts: address, reason."""

    code = "ENGINE-UNREACHABLE"
    zh = (
        "连接不上集群 {address}（{reason}），尚未写入任何数据。请检查集群是否已启动、地址和网络"
        "是否正确，然后重新提交；也可取消 CHENGXIN_ENGINE，由本机校验。"
    )
    en = (
        "The cluster {address} does not answer ({reason}); nothing was written. Check that it "
        "runs and that address and network are right, then send the file again; or unset "
        "CHENGXIN_ENGINE to check on this machine."
    )
    status = _UNAVAILABLE


class EngineFailed(CreditError):
    """The cluster began and did not finish. Facts: address, reason."""

    code = "ENGINE-FAILED"
    zh = (
        "集群 {address} 未能完成校验（{reason}），整批作废，未写入任何数据。请查看集群日志，"
        "排除故障后重新提交；也可取消 CHENGXIN_ENGINE，由本机校验。"
    )
    en = (
        "The cluster {address} did not finish the check ({reason}); the whole check is void and "
        "nothing was written. See the cluster's log, put it right and send the file again; or "
        "unset CHENGXIN_ENGINE to check on this machine."
    )
    status = _UNAVAILABLE
