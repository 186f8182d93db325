CREATE TABLE `chat_messages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`thread` text NOT NULL,
	`key` text NOT NULL,
	`at` integer NOT NULL,
	`author` text NOT NULL,
	`name` text NOT NULL,
	`text` text NOT NULL,
	`choices` text NOT NULL,
	`attachment` text,
	`uploads` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `chat_messages_key` ON `chat_messages` (`thread`,`key`);--> statement-breakpoint
CREATE TABLE `clock_offset` (
	`id` integer PRIMARY KEY NOT NULL,
	`ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `conversations` (
	`thread` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`account_id` text,
	`awaiting` text,
	`misses` integer NOT NULL,
	`human_since` integer
);
--> statement-breakpoint
CREATE TABLE `desk_notices` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`ticket_number` integer NOT NULL,
	`key` text NOT NULL,
	`at` integer NOT NULL,
	`level` text NOT NULL,
	`text` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `desk_notices_key` ON `desk_notices` (`ticket_number`,`key`);--> statement-breakpoint
CREATE TABLE `downloads` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`link_id` text NOT NULL,
	`at` integer NOT NULL,
	`start` integer NOT NULL,
	`sent_bytes` integer NOT NULL,
	`from` text NOT NULL,
	`user_agent` text NOT NULL,
	FOREIGN KEY (`link_id`) REFERENCES `links`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `downloads_link` ON `downloads` (`link_id`);--> statement-breakpoint
CREATE TABLE `export_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`ticket_number` integer NOT NULL,
	`status` text NOT NULL,
	`plan` text,
	`progress` text,
	`progress_at` integer,
	`started_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `export_runs_ticket` ON `export_runs` (`ticket_number`);--> statement-breakpoint
CREATE TABLE `history` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`ticket_number` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`event` text NOT NULL,
	`detail` text NOT NULL,
	FOREIGN KEY (`ticket_number`) REFERENCES `tickets`(`number`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `history_ticket` ON `history` (`ticket_number`);--> statement-breakpoint
CREATE TABLE `inbox` (
	`id` text PRIMARY KEY NOT NULL,
	`received_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `links` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`ticket_number` integer NOT NULL,
	`export_id` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`file` text NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `links_file` ON `links` (`export_id`,`name`);--> statement-breakpoint
CREATE INDEX `links_ticket` ON `links` (`ticket_number`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`ticket_number` integer,
	`lane` text NOT NULL,
	`outgoing` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`not_before` integer NOT NULL,
	`lease_until` integer,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`last_error` text
);
--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`lane`,`id`) WHERE "outbox"."state" = 'waiting';--> statement-breakpoint
CREATE TABLE `receipts` (
	`export_id` text NOT NULL,
	`number` integer NOT NULL,
	`receipt` text NOT NULL,
	PRIMARY KEY(`export_id`, `number`)
);
--> statement-breakpoint
CREATE TABLE `schedule_runs` (
	`job` text PRIMARY KEY NOT NULL,
	`last_run_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tickets` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` text NOT NULL,
	`account_name` text NOT NULL,
	`requester` text NOT NULL,
	`thread` text NOT NULL,
	`status` text NOT NULL,
	`status_changed_at` integer NOT NULL,
	`options` text NOT NULL,
	`checks` text NOT NULL,
	`estimate` text,
	`confirmed_at` integer,
	`approval` text,
	`promised_at` integer,
	`export_id` text,
	`delivered_at` integer,
	`expires_at` integer,
	`purged_at` integer,
	`self_service_extensions` integer NOT NULL,
	`extension_asked_hours` integer,
	`warned_hours` integer,
	`nudged_at` integer,
	`delay_told_at` integer,
	`reason` text,
	`created_at` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `tickets_status` ON `tickets` (`status`);--> statement-breakpoint
CREATE INDEX `tickets_account` ON `tickets` (`account_id`);--> statement-breakpoint
CREATE INDEX `tickets_thread` ON `tickets` (`thread`);