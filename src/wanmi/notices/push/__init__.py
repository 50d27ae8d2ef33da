"""Web Push: ringing a browser that asked for it, through whatever push service its maker runs."""
