using Spectre.Console;

namespace Market.Silo.Commands.Audit;

/// <summary>A progress bar while an audit reads; nothing where nobody watches.</summary>
internal static class AuditProgressBar
{
    public static AuditReport Run(TextWriter writer, Func<IProgress<AuditProgress>?, AuditReport> audit)
    {
        if (!AuditConsole.IsTerminal(writer))
        {
            return audit(null);
        }

        return AuditConsole.Over(writer).Progress().AutoClear(true).Start(context =>
        {
            var task = context.AddTask("Rows", maxValue: 1);
            return audit(new Bar(task));
        });
    }

    private sealed class Bar(ProgressTask task) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value)
        {
            task.MaxValue = Math.Max(1, value.RowsInAll);
            task.Value = value.Rows;
        }
    }
}
