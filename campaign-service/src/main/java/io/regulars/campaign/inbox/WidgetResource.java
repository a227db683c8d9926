package io.regulars.campaign.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.problem.Problems;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseHeader;

/// The widget in the shop's pages and what it reads, by a pass in the path. Any page may ask: the pass is
/// what counts, and no cookie is read. For browsers and no part of the API, so it is not described there.
@Path("/inbox")
@PermitAll
class WidgetResource {

    private static final String ANY_PAGE = "Access-Control-Allow-Origin";
    private static final int SHOWN = 20;
    private static final Duration LONGEST_STREAM = Duration.ofHours(1);
    private static final byte[] SCRIPT = script();

    /// @param items the latest first, as plain text
    record View(long unread, List<Letter> items) {}

    record Letter(String id, String subject, String text, String sentAt, boolean read) {

        static Letter of(Inbox.Entry entry) {
            return new Letter(
                    PublicId.format(InboxResource.ID, entry.id()),
                    entry.subject(),
                    entry.text(),
                    entry.sentAt().toString(),
                    entry.readAt() != null);
        }
    }

    private final Passes passes;
    private final Inbox inbox;
    private final Arrivals arrivals;
    private final Clock clock;

    WidgetResource(Passes passes, Inbox inbox, Arrivals arrivals, Clock clock) {
        this.passes = passes;
        this.inbox = inbox;
        this.arrivals = arrivals;
        this.clock = clock;
    }

    @GET
    @Path("/widget.js")
    @Operation(hidden = true)
    public Response widget() {
        return Response.ok(SCRIPT, "text/javascript; charset=utf-8")
                .header("Cache-Control", "public, max-age=3600")
                .header("X-Content-Type-Options", "nosniff")
                .header(ANY_PAGE, "*")
                .build();
    }

    @GET
    @Path("/{pass}/messages")
    @Operation(hidden = true)
    public Response messages(@PathParam("pass") String pass) {
        return view(holder(pass));
    }

    /// All that is there has been seen.
    @POST
    @Path("/{pass}/read")
    @Consumes(MediaType.WILDCARD)
    @Idempotent
    @Operation(hidden = true)
    public Response read(@PathParam("pass") String pass) {
        Passes.Holder holder = holder(pass);
        inbox.read(holder.merchant(), holder.customer(), null);
        return view(holder);
    }

    @GET
    @Path("/{pass}/stream")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = ANY_PAGE, value = "*")
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> stream(
            @PathParam("pass") String pass,
            @HeaderParam("Last-Event-ID") String lastEventId,
            @QueryParam("after") String known,
            @Context Sse sse) {
        Passes.Holder holder = holder(pass);
        if (!arrivals.room(holder.merchant(), holder.customer())) {
            throw Problems.tooMany("too many windows listen to this inbox", Duration.ofMinutes(1));
        }
        String last = lastEventId == null || lastEventId.isBlank() ? known : lastEventId;
        Long after = last == null || last.isBlank() ? null : InboxResource.parse(last);
        Duration left = Duration.between(clock.instant(), holder.until());
        return LiveLetters.of(arrivals, holder.merchant(), holder.customer(), after, sse)
                .select()
                .first(left.compareTo(LONGEST_STREAM) < 0 ? left : LONGEST_STREAM);
    }

    private Response view(Passes.Holder holder) {
        var view = new View(
                inbox.unread(holder.merchant(), holder.customer()),
                inbox.list(holder.merchant(), holder.customer(), false, 0, SHOWN).stream()
                        .map(Letter::of)
                        .toList());
        return Response.ok(view, MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .header(ANY_PAGE, "*")
                .build();
    }

    private Passes.Holder holder(String pass) {
        return passes.read(pass)
                .orElseThrow(() -> Problems.unauthorized("no pass to an inbox, or one whose time is over"));
    }

    private static byte[] script() {
        try (InputStream script = WidgetResource.class.getResourceAsStream("/inbox/widget.js")) {
            return script.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the widget is a part of the service", e);
        }
    }
}
