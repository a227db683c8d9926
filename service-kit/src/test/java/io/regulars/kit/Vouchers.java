package io.regulars.kit;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jdbi.v3.core.Jdbi;

/// What is asked with a password and answered with a secret; and what is asked with a file.
@Path("/v1/vouchers")
@RolesAllowed(Roles.OWNER)
public class Vouchers {

    record Request(String password) {}

    record Voucher(long id, String secret) {}

    private final Jdbi jdbi;
    private final Merchant merchant;

    Vouchers(Jdbi jdbi, Merchant merchant) {
        this.jdbi = jdbi;
        this.merchant = merchant;
    }

    @POST
    @Idempotent(sealed = true)
    public Voucher secret(Request request) {
        return new Voucher(
                Notes.insert(jdbi, merchant.id(), "voucher"), UUID.randomUUID().toString());
    }

    @POST
    @Path("/file")
    @Idempotent
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Voucher file(@RestForm("file") FileUpload file, @RestForm String words) {
        return new Voucher(Notes.insert(jdbi, merchant.id(), words), file.fileName());
    }
}
