"""The endpoints: wire in, one call, wire out. No decision about money is taken here."""
