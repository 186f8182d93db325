CREATE TABLE `grant_history` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`grant_number` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`event` text NOT NULL,
	`detail` text NOT NULL,
	FOREIGN KEY (`grant_number`) REFERENCES `grants`(`number`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `grant_history_grant` ON `grant_history` (`grant_number`);--> statement-breakpoint
CREATE TABLE `grants` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` text NOT NULL,
	`account_name` text NOT NULL,
	`requester` text NOT NULL,
	`thread` text NOT NULL,
	`language` text NOT NULL,
	`reason` text NOT NULL,
	`asked_hours` integer NOT NULL,
	`status` text NOT NULL,
	`status_changed_at` integer NOT NULL,
	`hours` integer,
	`decided_by` text,
	`denial` text,
	`began_at` integer,
	`ends_at` integer,
	`ended_at` integer,
	`warned_at` integer,
	`failures` integer NOT NULL,
	`next_try_at` integer,
	`last_error` text,
	`alarmed_at` integer,
	`created_at` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `grants_status` ON `grants` (`status`);--> statement-breakpoint
CREATE INDEX `grants_account` ON `grants` (`account_id`);--> statement-breakpoint
CREATE TRIGGER grant_history_no_update BEFORE UPDATE ON grant_history BEGIN
  SELECT RAISE(ABORT, 'the history is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER grant_history_no_delete BEFORE DELETE ON grant_history BEGIN
  SELECT RAISE(ABORT, 'the history is append-only');
END;
