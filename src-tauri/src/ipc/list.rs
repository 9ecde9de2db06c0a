// The one list of commands. From it come the handler registration (ipc/mod.rs), the permissions
// that a window can be given (build.rs) and the test that the web view's side names the same ones
// (tests/ipc_contract.rs). A command that is missing here does not exist.

macro_rules! with_commands {
    ($use:ident) => {
        $use! {
            app_get,
            sign_in_start,
            sign_in_open_again,
            sign_in_copy_link,
            sign_in_paste,
            sign_in_cancel,
            sign_out,
            account_activate,
            balance_refresh,
            top_up_open,
            account_manage_open,
            models_list,
            conversations_list,
            conversation_open,
            messages_page,
            conversation_find,
            branch_choose,
            message_delete,
            message_restore,
            conversation_rename,
            conversation_pin,
            conversation_archive,
            conversation_file,
            conversation_delete,
            conversation_restore,
            bin_empty,
            backups_list,
            backup_make,
            backup_restore,
            backups_purge,
            search,
            draft_get,
            draft_save,
            turn_send,
            turn_retry,
            turn_edit,
            turn_attach,
            turn_stop,
            settings_set,
            provider_setup_get,
            provider_setup_save,
            link_open,
            message_copy,
            text_copy,
        }
    };
}
