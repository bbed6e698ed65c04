-- Version 5. The changes of the devices of a shop are counted in its row. An endpoint that has locked the row sees by the number whether
-- what it remembers of devices is still so. Endpoints of the version before, and statements by hand, are counted too.

ALTER TABLE counterfoil.shop ADD COLUMN IF NOT EXISTS device_changes bigint NOT NULL DEFAULT 0;

CREATE OR REPLACE FUNCTION counterfoil.count_device_changes() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    UPDATE counterfoil.shop SET device_changes = device_changes + 1 WHERE number = COALESCE(NEW.shop, OLD.shop);
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER count_device_changes AFTER INSERT OR UPDATE OR DELETE ON counterfoil.device
FOR EACH ROW EXECUTE FUNCTION counterfoil.count_device_changes();
