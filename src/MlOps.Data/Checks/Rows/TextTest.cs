using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A test of each text by itself.</summary>
internal sealed class TextTest(string column, Func<string, bool> isRight) : ColumnTest(column)
{
    private readonly TextVerdicts _verdicts = new(isRight);

    protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits judged, RowBits wrong)
    {
        wrong.CopyFrom(judged);
        _verdicts.ClearWrong((StringArray)array, wrong);
        wrong.Invert();
    }
}
