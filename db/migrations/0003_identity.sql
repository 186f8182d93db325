CREATE TABLE `arrivals` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`thread` text NOT NULL,
	`content` text,
	`kept_at` integer NOT NULL,
	`done_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `arrivals_id_unique` ON `arrivals` (`id`);--> statement-breakpoint
CREATE INDEX `arrivals_thread` ON `arrivals` (`thread`);--> statement-breakpoint
CREATE INDEX `arrivals_waiting` ON `arrivals` (`number`) WHERE "arrivals"."done_at" is null;--> statement-breakpoint
CREATE TABLE `channel_links` (
	`channel` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`may_hold_links` integer NOT NULL,
	`linked_by` text NOT NULL,
	`linked_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `identities` (
	`who` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`proven_by` text NOT NULL,
	`proven_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `identities_email` ON `identities` (`email`);--> statement-breakpoint
CREATE TABLE `identity_codes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`who` text NOT NULL,
	`email` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `identity_codes_who` ON `identity_codes` (`who`);--> statement-breakpoint
CREATE INDEX `identity_codes_email` ON `identity_codes` (`email`);--> statement-breakpoint
CREATE TABLE `identity_proofs` (
	`who` text PRIMARY KEY NOT NULL,
	`thread` text NOT NULL,
	`request` text NOT NULL,
	`code` text
);
--> statement-breakpoint
CREATE INDEX `identity_proofs_thread` ON `identity_proofs` (`thread`);