"""What the workbench's pages show, gathered from the rooms that know it."""
