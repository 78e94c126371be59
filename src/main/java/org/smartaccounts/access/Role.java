package org.smartaccounts.access;

/** What somebody is here, by the group that the person is in. Somebody can be several things, or nothing. */
public enum Role {
    /** Asks for Smart Accounts, for customers of the company. */
    PARTNER,
    /** Licensing support: helps when a request is stuck. */
    SUPPORT,
    /** Changes the process, and watches it. */
    ANALYST,
    /** May do everything. */
    ADMINISTRATOR
}
