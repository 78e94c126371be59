package org.smartaccounts.web.support;

import org.jspecify.annotations.Nullable;
import org.smartaccounts.support.PageVotes;

/**
 * What the form at the foot of a page sends. Its methods are public for the template.
 *
 * @param page    which page it is about
 * @param helpful {@code yes} or {@code no}
 * @param comment may be empty
 * @param seal    see {@link FormSeals}
 * @param website what nobody sees, so that only programs fill it in
 */
record TypedVote(
        @Nullable String page,
        @Nullable String helpful,
        @Nullable String comment,
        @Nullable String seal,
        @Nullable String website) {

    static TypedVote about(String page, String seal) {
        return new TypedVote(page, null, null, seal, null);
    }

    TypedVote sealed(String anew) {
        return new TypedVote(page, helpful, comment, anew, null);
    }

    public boolean isYes() {
        return "yes".equals(helpful);
    }

    public boolean isNo() {
        return "no".equals(helpful);
    }

    public String commentText() {
        return TypedText.of(comment);
    }

    public int most() {
        return PageVotes.MAX_COMMENT;
    }

    /** The key of what is wrong; null if nothing is. */
    @Nullable
    String mistake() {
        if (!isYes() && !isNo()) {
            return "feedback.mistake.helpful";
        }
        return TypedText.length(commentText()) > PageVotes.MAX_COMMENT ? "feedback.mistake.comment" : null;
    }
}
