/// The commands of `./regulars`, one class each.
package io.regulars.local.command;
