"""Reading what is to be found, who may see it, and what people saved."""
