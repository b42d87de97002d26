/**
 * The recovery sheet: what is printed on paper so that a foundation can be rebuilt when nothing is left, how what is typed back from it is read, and
 * how it is proved against a point. Renders text and HTML from data; it writes no file and asks nobody.
 */
@NullMarked
package dev.foundation.kit;

import org.jspecify.annotations.NullMarked;
