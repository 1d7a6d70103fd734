using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>How the parts of a composition make a whole.</summary>
internal enum Composition
{
    All,
    Any,
    Not,
}

/// <summary>All, any or none of several rules hold of a row. A part counts only where it can be judged.</summary>
internal sealed record CompositeRule(string Words, Composition Composition, IReadOnlyList<CheckRule> Parts) : RowRule
{
    public override string Name => Words;

    public override IReadOnlyList<string> Columns { get; } = Parts.Any(part => part.Rows!.Columns.Count == 0)
        ? []
        : [.. Parts.SelectMany(part => part.Rows!.Columns.Concat(part.Condition?.Columns ?? [])).Distinct(StringComparer.Ordinal)];

    public override async ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        List<Part> parts = [];
        context = context with { DecidesAtOnce = true };
        foreach (var part in Parts)
        {
            var test = await part.Rows!.StartAsync(context, cancellationToken).ConfigureAwait(false);
            if (test.FailsLate)
            {
                throw new MlOpsException(ErrorCodes.InvalidConfiguration, $"'{part.Name}' knows its wrong rows only at the end and cannot be part of '{Words}': make it a check of its own");
            }

            parts.Add(new Part(test, part.Condition is { } condition ? context.Shared.Condition(condition, context.Schema) : null));
        }

        return new Test(Composition, parts);
    }

    public override CheckEntry? ToEntry()
    {
        var parts = Parts.Select(CheckFile.ToEntry).ToArray();
        return parts.Any(part => part is null) ? null : new CheckEntry
        {
            Check = Composition switch { Composition.All => "all", Composition.Any => "any", _ => "not" },
            Name = Words,
            Checks = parts!,
        };
    }

    private sealed record Part(RowTest Test, ConditionRows? Condition);

    private sealed class Test(Composition composition, List<Part> parts) : RowTest
    {
        private readonly RowBits _judged = new();
        private readonly RowBits _wrong = new();
        private readonly RowBits _anyJudged = new();
        private readonly RowBits _anyRight = new();

        public override void Dispose()
        {
            base.Dispose();
            parts.ForEach(part => part.Test.Dispose());
        }

        public override void Look(RowBatch batch, RowBits judged, RowBits wrong)
        {
            _anyJudged.Reset(batch.Length, value: false);
            _anyRight.Reset(batch.Length, value: false);
            foreach (var (test, condition) in parts)
            {
                _judged.CopyFrom(judged);
                if (condition is not null)
                {
                    _judged.And(condition.Of(batch));
                }

                _wrong.Reset(batch.Length, value: false);
                test.Look(batch, _judged, _wrong);
                _wrong.And(_judged);
                _anyJudged.Or(_judged);
                wrong.Or(_wrong);
                _judged.AndNot(_wrong);
                _anyRight.Or(_judged);
            }

            judged.And(_anyJudged);
            if (composition == Composition.All)
            {
                return;
            }

            // Any: wrong where nothing is right. Not: wrong where all that was judged is right.
            if (composition == Composition.Any)
            {
                wrong.CopyFrom(_anyRight);
            }

            wrong.Invert();
        }
    }
}
