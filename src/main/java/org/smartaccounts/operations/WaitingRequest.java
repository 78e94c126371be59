package org.smartaccounts.operations;

/** A request that is under way, and the process instance that carries it. */
record WaitingRequest(String processInstance, String requestNumber) {}
