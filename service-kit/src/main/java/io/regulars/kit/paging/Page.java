package io.regulars.kit.paging;

import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonInclude;

/// A page of a list.
///
/// @param nextCursor where the next page begins; absent on the last
public record Page<T>(
        List<T> items,
        @JsonInclude(JsonInclude.Include.NON_NULL) String nextCursor) {

    /// @param rows at most `limit + 1` rows in the order of their keys: one more than the page tells that there is a
    /// next
    /// @param key the values that the list is sorted by, of one row
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, Object[]> key) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<T> items = List.copyOf(rows.subList(0, limit));
        return new Page<>(items, Cursor.encode(key.apply(items.getLast())));
    }

    /// The same page of other things: the view of each row.
    public <V> Page<V> map(Function<? super T, ? extends V> view) {
        return new Page<>(items.stream().<V>map(view).toList(), nextCursor);
    }
}
