/// What every written thing must satisfy, and how many of them are written at once, each with its own answer.
package io.regulars.customer.input;
