package io.regulars.campaign.message;

/// How one rule is broken in a simulation, to see that the simulator notices.
enum Mutation {
    NONE,
    ZONE_IGNORED,
    CAP_ONE_TOO_MANY,
    CUSTOMERS_NOT_LOCKED,
    CONSENT_AS_AT_FIRST,
    HOLDOUT_FORGOTTEN,
    PAUSE_IGNORED,
    PAUSE_DROPS,
    LEASE_IGNORED,
    CLAIMS_IGNORED,
    STATES_IGNORED,
    NOT_MARKED_BEFORE_THE_WIRE,
    MAIL_REPEATED,
    SCORE_VERSIONS_IGNORED,
    CAUSES_ENROL_AGAIN
}
