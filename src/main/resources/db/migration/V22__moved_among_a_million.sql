-- Whoever moves a request to another version looks for all that it waits for; without this, among what a million wait for.
CREATE INDEX event_subscription_of_request ON act_ru_event_subscr (proc_inst_id_);
