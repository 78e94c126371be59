package org.smartaccounts.crash;

import java.util.Map;
import java.util.Optional;
import org.smartaccounts.crash.Person.NobodyKnows;

/** How somebody completes a task that Tasklist shows. */
final class TaskDeeds {

    private final PassingTime time;

    TaskDeeds(PassingTime time) {
        this.time = time;
    }

    /**
     * Completes a task, if it is there; the story is told if that was done, or turns out to have been done when nobody heard of it.
     *
     * @param task what Tasklist shows to that person, who may work on it
     * @param form with which it is completed
     */
    void complete(Story story, Person person, Optional<String> task, Map<String, String> form) throws NobodyKnows {
        if (story.isOpen() && time.isDone(story)) {
            story.tell();
        } else if (task.isPresent()) {
            story.attempt();
            if (person.complete(task.get(), form)) {
                story.tell();
            }
        }
    }
}
