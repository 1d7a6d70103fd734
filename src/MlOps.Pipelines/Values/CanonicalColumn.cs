using System.Buffers.Binary;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlOps.Pipelines.Values;

/// <summary>Gathers a column's values into managed buffers of one form: zeros under nulls, no offset, a bitmap only where there is a null.</summary>
internal sealed class CanonicalColumn
{
    private readonly IArrowType _type;
    private readonly int _width;
    private readonly List<byte> _bytes = [];
    private readonly List<int> _ends = [];
    private readonly List<bool> _valid = [];
    private int _nulls;

    public CanonicalColumn(string dataset, Field field)
    {
        _type = field.DataType;
        _width = _type switch
        {
            StringType or BinaryType => -1,
            BooleanType => 0,
            FixedWidthType { BitWidth: >= 8 } fixedWidth => fixedWidth.BitWidth / 8,
            _ => throw new MlOpsException(
                ErrorCodes.StepValueUnsupported,
                $"The column '{field.Name}' of the data set '{dataset}' has the type {_type.Name}, which a step's value cannot have: "
                + "convert it to a number, a text, a truth value or an instant before returning it."),
        };
    }

    public void Append(ArrayData data, int start, int count)
    {
        var validity = data.Buffers[0].Span;
        var values = data.Buffers[1].Span;
        for (var row = data.Offset + start; row < data.Offset + start + count; row++)
        {
            var valid = validity.IsEmpty || data.NullCount == 0 || BitUtility.GetBit(validity, row);
            _valid.Add(valid);
            _nulls += valid ? 0 : 1;
            switch (_width)
            {
                case -1:
                    if (valid)
                    {
                        var from = BinaryPrimitives.ReadInt32LittleEndian(values[(4 * row)..]);
                        var to = BinaryPrimitives.ReadInt32LittleEndian(values[(4 * row + 4)..]);
                        _bytes.AddRange(data.Buffers[2].Span[from..to]);
                    }

                    _ends.Add(_bytes.Count);
                    break;
                case 0:
                    _bytes.Add(valid && BitUtility.GetBit(values, row) ? (byte)1 : (byte)0);
                    break;
                default:
                    if (valid)
                    {
                        _bytes.AddRange(values.Slice(row * _width, _width));
                    }
                    else
                    {
                        System.Runtime.InteropServices.CollectionsMarshal.SetCount(_bytes, _bytes.Count + _width);
                        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes)[^_width..].Clear();
                    }

                    break;
            }
        }
    }

    /// <summary>Makes the array and starts again.</summary>
    public IArrowArray Take()
    {
        var validity = _nulls == 0 ? ArrowBuffer.Empty : new ArrowBuffer(Bits(_valid.Count, index => _valid[index]));
        ArrowBuffer[] buffers = _width switch
        {
            -1 => [validity, new ArrowBuffer(Offsets()), new ArrowBuffer(_bytes.ToArray())],
            0 => [validity, new ArrowBuffer(Bits(_bytes.Count, index => _bytes[index] != 0))],
            _ => [validity, new ArrowBuffer(_bytes.ToArray())],
        };
        var array = ArrowArrayFactory.BuildArray(new ArrayData(_type, _valid.Count, _nulls, 0, buffers));
        _bytes.Clear();
        _ends.Clear();
        _valid.Clear();
        _nulls = 0;
        return array;
    }

    private static byte[] Bits(int count, Func<int, bool> isSet)
    {
        var bits = new byte[(count + 7) / 8];
        for (var index = 0; index < count; index++)
        {
            if (isSet(index))
            {
                bits[index >> 3] |= (byte)(1 << (index & 7));
            }
        }

        return bits;
    }

    private byte[] Offsets()
    {
        var offsets = new byte[4 * (_ends.Count + 1)];
        for (var index = 0; index < _ends.Count; index++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(offsets.AsSpan(4 * (index + 1)), _ends[index]);
        }

        return offsets;
    }
}
