/// Public names of rows: opaque prefixed ids, and the merchant's own ids.
package io.regulars.kit.id;
