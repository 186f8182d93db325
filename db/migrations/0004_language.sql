ALTER TABLE `conversations` ADD `language` text;--> statement-breakpoint
ALTER TABLE `tickets` ADD `language` text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE `tickets` ADD `cause` text;