@org.jspecify.annotations.NullMarked
package dev.foundation.workflow;
