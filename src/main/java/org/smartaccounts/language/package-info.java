/**
 * The languages in which people are spoken to, and how a text is put together in each of them. A file {@code messages_xx.properties}
 * adds a language; English is the original. Knows nothing of what the texts are about.
 */
@NullMarked
package org.smartaccounts.language;

import org.jspecify.annotations.NullMarked;
