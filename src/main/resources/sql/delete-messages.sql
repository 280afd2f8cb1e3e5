-- Waits for whoever adds copies of one of them meanwhile; that one's rows are seen by the statements after this.
delete from message where message_key in (select * from unnest(cast(? as bigint array)))
