package io.regulars.kit.csv;

import java.util.List;
import java.util.function.Function;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import io.regulars.kit.paging.Page;

/// A page of a list as CSV. Each begins with the header line; where the next one begins stands in a `Link` header
/// with `rel="next"`, since a table has no place for it.
public final class CsvPage {

    private CsvPage() {}

    /// @param asked whose other parameters the link keeps; it is relative, so that it holds behind any gateway
    /// @param cells of one item, as many as the header has
    public static <T> Response of(
            Page<T> page, UriInfo asked, List<String> header, Function<? super T, ? extends List<?>> cells) {
        var table = Csv.of(header, page.items().stream().map(cells).toList());
        var answer = Response.ok(table, Csv.TYPE);
        if (page.nextCursor() != null) {
            var next = asked.getRequestUriBuilder().replaceQueryParam("cursor", page.nextCursor());
            answer.header(HttpHeaders.LINK, "<?" + next.build().getRawQuery() + ">; rel=\"next\"");
        }
        return answer.build();
    }
}
