using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Running;

/// <summary>One check during one run.</summary>
internal abstract class CheckPass : IDisposable
{
    private readonly RowBits _rows = new();
    private string? _problem;

    protected CheckPass(CheckRule rule, CheckContext context)
    {
        (Rule, Context) = (rule, context);
    }

    /// <summary>The columns to read; null when no cell is needed, empty for all of them.</summary>
    public IReadOnlyList<string>? Columns
    {
        get
        {
            var own = _problem is null ? OwnColumns : null;
            if (own is { Count: 0 } || _problem is not null || (own is null && Condition is null && Segments is null))
            {
                return own;
            }

            return [.. own ?? [], .. Rule.Condition?.Columns ?? [], .. Rule.Segment is { } segment ? [segment] : Array.Empty<string>()];
        }
    }

    /// <summary>Whether the number of rows has to be known.</summary>
    public bool NeedsRowCount => _problem is null && OwnRowCount;

    /// <summary>The rows found wrong.</summary>
    public FailureBitmap Failures { get; } = new();

    protected CheckRule Rule { get; }

    protected CheckContext Context { get; private set; }

    protected ConditionRows? Condition { get; private set; }

    protected SegmentColumn? Segments { get; private set; }

    /// <summary>How many rows were looked at.</summary>
    protected long Evaluated { get; set; }

    /// <summary>What the rule itself reads; null for nothing, empty for all columns.</summary>
    protected abstract IReadOnlyList<string>? OwnColumns { get; }

    protected abstract bool OwnRowCount { get; }

    /// <summary>Starts a check; one that cannot be asked of the data has failed from the start.</summary>
    public static async ValueTask<CheckPass> StartAsync(CheckRule rule, CheckContext context, CancellationToken cancellationToken)
    {
        CheckPass pass = rule.Rows is not null ? new RowPass(rule, context) : new TablePass(rule, context);
        try
        {
            if (rule.Condition is { } condition)
            {
                pass.Condition = context.Shared.Condition(condition, context.Schema);
                pass.Context = context with { Scope = condition.Text };
            }

            if (rule.Segment is { } segment)
            {
                pass.Segments = context.Shared.Segments(segment, context.Schema);
            }

            await pass.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MlOpsException error) when (IsProblem(error))
        {
            pass._problem = error.Message;
        }

        return pass;
    }

    public async ValueTask LookAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        if (_problem is not null)
        {
            return;
        }

        try
        {
            if (Condition is null)
            {
                _rows.Reset(batch.Length, value: true);
            }
            else
            {
                _rows.CopyFrom(Condition.Of(batch));
            }

            await LookAsync(batch, _rows, cancellationToken).ConfigureAwait(false);
        }
        catch (MlOpsException error) when (IsProblem(error))
        {
            _problem = error.Message;
        }
    }

    /// <summary>Says what was found.</summary>
    /// <param name="rows">How many rows there were; 0 where nobody needed to know.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async ValueTask<CheckResult> FinishAsync(long rows, CancellationToken cancellationToken)
    {
        if (_problem is null)
        {
            try
            {
                return await FindAsync(rows, cancellationToken).ConfigureAwait(false);
            }
            catch (MlOpsException error) when (IsProblem(error))
            {
                _problem = error.Message;
            }
        }

        return Result(passed: false, _problem);
    }

    /// <summary>Lets go of what the test put on disk.</summary>
    public virtual void Dispose()
    {
    }

    protected abstract ValueTask StartAsync(CancellationToken cancellationToken);

    protected abstract ValueTask LookAsync(RowBatch batch, RowBits rows, CancellationToken cancellationToken);

    protected abstract ValueTask<CheckResult> FindAsync(long rows, CancellationToken cancellationToken);

    protected CheckResult Result(bool passed, string observed) => new()
    {
        Name = Rule.FullName(Rule.Column is { } column && Context.Personal.Contains(column)),
        Column = Rule.Column,
        Severity = Rule.Severity,
        Passed = passed,
        Evaluated = Evaluated,
        Failed = Failures.Count,
        Mostly = Rule.Mostly,
        Observed = observed,
        Examples = [],
    };

    /// <summary>The value of a segment as it may be shown.</summary>
    protected string? SegmentKey(int code) =>
        Segments!.Keys[code] is not { } key ? null : Context.Personal.Contains(Segments.Column) ? Redacted.Text : key;

    private static bool IsProblem(MlOpsException error) => error.Code is
        ErrorCodes.ColumnNotFound or ErrorCodes.ColumnType or ErrorCodes.InvalidConfiguration or ErrorCodes.TooLarge or ErrorCodes.DuplicateKey or ErrorCodes.DataEmpty;
}
