package io.regulars.campaign.measure;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// Counts the messages of enrolments.
@ApplicationScoped
class Sendings {

    /// @param tier at enrolment, empty where there was none
    /// @param waiting planned, held or on their way
    /// @param sent all that a provider took, those that came back included
    /// @param delivered of these, and `opened` and `clicked` of these in turn
    record Row(
            long campaign,
            String tier,
            String channel,
            long waiting,
            long sent,
            long delivered,
            long opened,
            long clicked,
            long bounced,
            long skipped,
            long failed,
            long uncertain) {}

    private static final String COUNT = Scope.sql("""
            select c.campaign_id, c.tier, m.channel,
              count(*) filter (where m.state in ('planned', 'held', 'claimed', 'transmitting')) as waiting,
              count(*) filter (where {touch} or m.state = 'bounced') as sent,
              count(*) filter (where m.state in ('delivered', 'opened', 'clicked')) as delivered,
              count(*) filter (where m.state in ('opened', 'clicked')) as opened,
              count(*) filter (where m.state = 'clicked') as clicked,
              count(*) filter (where m.state = 'bounced') as bounced,
              count(*) filter (where m.state = 'skipped') as skipped,
              count(*) filter (where m.state = 'failed') as failed,
              count(*) filter (where m.state = 'uncertain') as uncertain
            from (
            {cohort}
            ) c
            join {messages}
            group by 1, 2, 3
            """);

    private final Jdbi jdbi;

    Sendings(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Row> count(Scope scope) {
        return jdbi.withHandle(handle -> scope.bind(handle.createQuery(COUNT))
                .map((row, context) -> new Row(
                        row.getLong("campaign_id"),
                        row.getString("tier"),
                        row.getString("channel"),
                        row.getLong("waiting"),
                        row.getLong("sent"),
                        row.getLong("delivered"),
                        row.getLong("opened"),
                        row.getLong("clicked"),
                        row.getLong("bounced"),
                        row.getLong("skipped"),
                        row.getLong("failed"),
                        row.getLong("uncertain")))
                .list());
    }
}
