/**
 * What is kept about people, for how long, and how it is forgotten: {@link org.smartaccounts.privacy.EndedRequests} anonymises requests so
 * long after their end, and removes them later, {@link org.smartaccounts.privacy.Erasure} forgets one person who asks for it. Numbers, statuses, times and the steps
 * of the timeline stay for a while; names, addresses and words go at once. {@link org.smartaccounts.privacy.Traces} knows every place in which a request leaves some.
 */
@NullMarked
package org.smartaccounts.privacy;

import org.jspecify.annotations.NullMarked;
