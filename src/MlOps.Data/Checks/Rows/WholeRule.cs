using System.Numerics.Tensors;
using Apache.Arrow;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A number is whole; infinities count as whole.</summary>
internal sealed record WholeRule(string Of) : RowRule
{
    public override string Name => "whole";

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        CheckColumn.Require(context.Schema, Of, ColumnKind.Number, ColumnKind.Boolean);
        return new(new Test(Of));
    }

    public override CheckEntry ToEntry() => new() { Check = "whole", Column = Of };

    private sealed class Test(string column) : ColumnTest(column)
    {
        private double[] _floors = [];

        protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits judged, RowBits wrong)
        {
            if (array is not (DoubleArray or FloatArray or HalfFloatArray or Decimal128Array))
            {
                return;
            }

            var numbers = array is DoubleArray doubles ? doubles.Values : batch.Numbers(ordinal);
            if (_floors.Length < numbers.Length)
            {
                _floors = new double[numbers.Length];
            }

            var floors = _floors.AsSpan(0, numbers.Length);
            TensorPrimitives.Floor(numbers, floors);
            VectorMarks.Less<double>(floors, numbers, wrong.Words);
        }
    }
}
