"""Systems that are used to demonstrate and rehearse."""
