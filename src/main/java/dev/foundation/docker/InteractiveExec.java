package dev.foundation.docker;

/** A place whose programs can be given something to read: the way for scripts, lists and secrets. */
public interface InteractiveExec extends Exec {}
