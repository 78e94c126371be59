package org.smartaccounts.support;

import java.util.List;

/**
 * A case with everything that was said in it.
 *
 * @param thread oldest first
 */
public record CaseFile(SupportCase supportCase, List<CaseMessage> thread) {}
