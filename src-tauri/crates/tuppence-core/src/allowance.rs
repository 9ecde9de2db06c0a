//! What an account may use beside its balance, kept with the account as long as the app runs.

use wallet_api::{Allowance, Balance};

use crate::Tuppence;
use crate::account::AccountId;
use crate::failure::Failure;

impl Tuppence {
    /// Reads the balance again, and beside it the allowances of the account.
    ///
    /// # Errors
    /// Those of [`Tuppence::refresh_balance`]. Allowances that cannot be read stay as they were, each with
    /// its time.
    pub async fn refresh_wallet(&self, id: &AccountId) -> Result<Balance, Failure> {
        let (balance, allowances) =
            tokio::join!(self.refresh_balance(id), self.refresh_allowances(id));
        if let Err(failure) = allowances {
            tracing::info!(%failure, account = %id, "allowances could not be read");
        }
        balance
    }

    async fn refresh_allowances(&self, id: &AccountId) -> Result<(), Failure> {
        let read: Vec<Allowance> = self.wallet(id).await?.allowances().await?;
        self.set_allowances(id, read);
        Ok(())
    }
}
