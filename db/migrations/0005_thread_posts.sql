CREATE TABLE `thread_choices` (
	`id` text PRIMARY KEY NOT NULL,
	`thread` text NOT NULL,
	`choice` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `thread_choices_thread` ON `thread_choices` (`thread`);--> statement-breakpoint
CREATE TABLE `thread_posts` (
	`thread` text NOT NULL,
	`key` text NOT NULL,
	`digest` text NOT NULL,
	`begun_at` integer NOT NULL,
	`post_id` text,
	PRIMARY KEY(`thread`, `key`)
);
