/// Keyset pages: limit, cursor, next cursor.
package io.regulars.kit.paging;
