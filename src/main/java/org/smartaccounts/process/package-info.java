/**
 * What all our processes have in common: the words that their diagrams, forms and tables may use, the guards that check what comes from
 * outside, and the refusals in which they answer. A process is a package of its own that brings a {@link
 * org.smartaccounts.process.ProcessVocabulary}, and a {@link org.smartaccounts.process.ProcessGuard} if people take part in it. Nothing
 * here knows what any of them is about.
 */
@NullMarked
package org.smartaccounts.process;

import org.jspecify.annotations.NullMarked;
