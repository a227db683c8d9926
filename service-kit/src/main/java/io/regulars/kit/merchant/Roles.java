package io.regulars.kit.merchant;

/// The roles a token can carry.
public final class Roles {

    /// Everything of one merchant, users and keys included.
    public static final String OWNER = "owner";

    /// Tiers, campaigns, templates, coupons.
    public static final String MARKETER = "marketer";

    /// Reads; sees personal data masked.
    public static final String ANALYST = "analyst";

    /// Reads customers and answers them.
    public static final String SUPPORT = "support";

    /// A merchant's system: writes data, reads results.
    public static final String INTEGRATION = "integration";

    /// Runs the installation: makes merchants, sees none of their data.
    public static final String OPERATOR = "operator";

    private Roles() {}
}
