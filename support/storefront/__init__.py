"""The one room that knows the system under test. Whoever adopts Rehearsal replaces it, `features/` and `steps/`."""
