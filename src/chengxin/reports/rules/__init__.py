"""Pure decisions about reports: codes and numbers, the parts of a report, and verification."""
