using System.CommandLine;
using Market.Silo.Commands;
using Market.Silo.Commands.Approvals;
using Market.Silo.Commands.Audit;
using Market.Silo.Commands.Catalog;
using Market.Silo.Commands.Cluster;
using Market.Silo.Commands.Demo;
using Market.Silo.Commands.Doctor;
using Market.Silo.Commands.Enrolling;
using Market.Silo.Commands.Receipts;
using Market.Silo.Commands.Store;

var root = new RootCommand("Market: AI agents negotiate with each other here, and settle their deals into a ledger.")
{
    DemoCommand.Create(),
    ServeCommand.Create(),
    AuditCommand.Create(),
    CatalogCommand.Create(),
    StoreCommand.Create(),
    ReceiptCommand.Create(),
    EnrolCommand.Create(),
    ApprovalsCommand.Create(),
    ClusterCommand.Create(),
    DoctorCommand.Create(),
};
return await CommandLine.RunAsync(root, args).ConfigureAwait(false);
