package org.smartaccounts.access;

/** The groups that mean something to the application, by their ids in the engine's identity tables. */
public final class Groups {

    /** Everybody at any partner company. */
    public static final String PARTNERS = "partners";

    /** The people who help when a request is stuck; the activation task in the diagram names them as candidates. */
    public static final String LICENSING_SUPPORT = "licensing-support";

    /** The people who change the diagram; they watch, and change nothing at run time. */
    public static final String ANALYSTS = "analysts";

    /** The type of a group that is a partner company. */
    public static final String PARTNER_COMPANY_TYPE = "PARTNER";

    /** Characters that the id of a user or group may have. */
    static final int MAX_ID = 64;

    private Groups() {}
}
