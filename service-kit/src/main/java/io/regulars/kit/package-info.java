/// What every service does the same way.
package io.regulars.kit;
