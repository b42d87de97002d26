package dev.foundation.plugin;

/** What is wrong with one input: the property's name as the program wrote it, and what to do about it. Never holds a secret. */
public record Problem(String property, String reason) {}
