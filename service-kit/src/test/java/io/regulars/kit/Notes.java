package io.regulars.kit;

import java.net.URI;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import io.regulars.events.ProductChanged;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.outbox.Outbox;
import org.jdbi.v3.core.Jdbi;

/// The smallest service on the kit: it keeps notes of a merchant, publishes each.
@Path("/v1/notes")
@Idempotent
@RolesAllowed(Roles.OWNER)
public class Notes {

    record Note(long id, String words, Integer stars) {}

    private final Jdbi jdbi;
    private final Merchant merchant;
    private final Outbox outbox;

    Notes(Jdbi jdbi, Merchant merchant, Outbox outbox) {
        this.jdbi = jdbi;
        this.merchant = merchant;
        this.outbox = outbox;
    }

    @POST
    @Transactional
    public Response add(Note note) {
        long id = insert(jdbi, merchant.id(), note.words());
        outbox.publish(new ProductChanged(merchant.id(), id, "n" + id, note.words(), null, null, null, List.of()));
        return Response.created(URI.create("/v1/notes/" + id))
                .entity(new Note(id, note.words(), null))
                .build();
    }

    /// Without the merchant in the query: only the wall in the database keeps others' notes away.
    @GET
    @Transactional
    public List<String> careless() {
        return jdbi.withHandle(handle -> handle.createQuery("select words from note order by note_id")
                .mapTo(String.class)
                .list());
    }

    @GET
    @Path("/role")
    public String role() {
        return jdbi.withHandle(handle ->
                handle.createQuery("select current_user").mapTo(String.class).one());
    }

    static long insert(Jdbi jdbi, int owner, String words) {
        return jdbi.withHandle(
                handle -> handle.createUpdate("insert into note (merchant_id, words) values (:merchant, :words)")
                        .bind("merchant", owner)
                        .bind("words", words)
                        .executeAndReturnGeneratedKeys("note_id")
                        .mapTo(Long.class)
                        .one());
    }
}
