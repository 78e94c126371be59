package org.smartaccounts.upload;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smartaccounts.access.People;
import org.smartaccounts.language.Languages;
import org.smartaccounts.process.Refusal;
import org.smartaccounts.request.NewRequests;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends one row of an upload. That is one transaction: the request, and what is written down about the row, come about together or not at
 * all. The upload is locked for so long; of several nodes one sends a row, and one that ends holds nothing.
 */
@Component
class UploadTurn {

    private static final Logger log = LoggerFactory.getLogger(UploadTurn.class);

    /** An error of ours may pass; a row that always has one is not tried for ever. */
    static final int TRIES = 3;

    /** What a turn has come to. */
    enum Outcome {
        /** There may be more to do. */
        DONE,
        /** Nothing is left, or somebody else is at it. */
        NOTHING,
        /** The same row is to be tried again, at another time. */
        BROKEN_OFF
    }

    private final Uploads uploads;
    private final NewRequests requests;
    private final People people;
    private final Languages languages;
    private final TransactionTemplate transaction;
    private final Clock clock;

    UploadTurn(
            Uploads uploads,
            NewRequests requests,
            People people,
            Languages languages,
            TransactionTemplate transaction,
            Clock clock) {
        this.uploads = uploads;
        this.requests = requests;
        this.people = people;
        this.languages = languages;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Sends the row that is next; if there is none, the upload is finished. */
    Outcome take(UUID id) {
        Optional<UploadRow> next = uploads.next(id);
        if (next.isEmpty()) {
            return ifTaken(id, upload -> uploads.finish(id, clock.instant())) ? Outcome.DONE : Outcome.NOTHING;
        }
        UploadRow row = next.get();
        try {
            return ifTaken(id, upload -> sendIfStillNext(upload, row)) ? Outcome.DONE : Outcome.NOTHING;
        } catch (Refusal refusal) {
            fail(id, row, Remark.problem("manyRequests.said", String.valueOf(refusal.getMessage())));
            return Outcome.DONE;
        } catch (RuntimeException e) {
            log.error("Row {} of upload {} was broken off", row.number(), id, e);
            return giveUpAfterAll(id, row) ? Outcome.DONE : Outcome.BROKEN_OFF;
        }
    }

    private boolean ifTaken(UUID id, Consumer<Upload> act) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<Upload> taken = uploads.take(id);
            taken.ifPresent(act);
            return taken.isPresent();
        }));
    }

    private void sendIfStillNext(Upload upload, UploadRow row) {
        if (uploads.isToDo(upload.id(), row.number())) {
            send(upload, row);
        }
    }

    /** As the person who uploaded it, in that person's language. */
    private void send(Upload upload, UploadRow row) {
        LocaleContextHolder.setLocale(languages.orOriginal(upload.language()));
        try {
            people.as(upload.uploadedBy(), () -> {
                if (!requests.requester().companyId().equals(upload.companyId())) {
                    uploads.failed(upload.id(), row.number(), Remark.problem("manyRequests.failed.company"));
                    return "";
                }
                return requests.askAndSubmit(
                        row.details(), requestNumber -> uploads.created(upload.id(), row.number(), requestNumber));
            });
        } finally {
            LocaleContextHolder.resetLocaleContext();
        }
    }

    private void fail(UUID id, UploadRow row, Remark why) {
        ifTaken(id, upload -> {
            if (uploads.isToDo(id, row.number())) {
                uploads.failed(id, row.number(), why);
            }
        });
    }

    private boolean giveUpAfterAll(UUID id, UploadRow row) {
        boolean over = uploads.countTry(id, row.number()) >= TRIES;
        if (over) {
            fail(id, row, Remark.problem("manyRequests.failed.error"));
        }
        return over;
    }
}
