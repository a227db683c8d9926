package io.regulars.campaign.link;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.runtime.Startup;
import org.jdbi.v3.core.Jdbi;

/// Reads the installation's key at the start, as long as nobody's request is served: those may not see it.
@ApplicationScoped
@Startup(100)
class LinkKey {

    private final LinkTokens tokens;

    LinkKey(Jdbi jdbi) {
        this.tokens = new LinkTokens(jdbi.withHandle(handle -> handle.createQuery("select secret from link_key")
                .mapTo(byte[].class)
                .one()));
    }

    @Produces
    @Singleton
    LinkTokens tokens() {
        return tokens;
    }
}
