/**
 * Emails that come back: behind a mail relay most refusals arrive later, as a message. {@link org.smartaccounts.bounce.ReturnMailbox} reads
 * the mailbox that is named on the envelopes, {@link org.smartaccounts.bounce.DeliveryNotice} understands what it finds there, and what
 * follows for a request says {@link org.smartaccounts.request.ReturnedEmails}. Anybody can write to that mailbox, so nothing in it is
 * believed that does not name an email of ours, by an id that nobody can guess, and the one whom it was for.
 */
@NullMarked
package org.smartaccounts.bounce;

import org.jspecify.annotations.NullMarked;
