package org.smartaccounts.account;

/**
 * Who did something to an account.
 *
 * @param role in which capacity
 * @param name the user id, the approver's address, or empty for the system itself
 */
public record Actor(Role role, String name) {

    /** In which capacity somebody acts. */
    public enum Role {
        REQUESTER,
        APPROVER,
        SUPPORT,
        ADMINISTRATOR,
        SYSTEM
    }

    /** Nobody: time has passed, or the process went on by itself. */
    public static final Actor SYSTEM = new Actor(Role.SYSTEM, "");

    public static Actor requester(String userId) {
        return new Actor(Role.REQUESTER, userId);
    }

    public static Actor approver(String email) {
        return new Actor(Role.APPROVER, email);
    }

    public static Actor administrator(String userId) {
        return new Actor(Role.ADMINISTRATOR, userId);
    }

    public static Actor support(String userId) {
        return new Actor(Role.SUPPORT, userId);
    }
}
