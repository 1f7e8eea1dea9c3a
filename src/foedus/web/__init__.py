"""The workbench: pages an analyst keeps open all day, and the same figures as an API."""
