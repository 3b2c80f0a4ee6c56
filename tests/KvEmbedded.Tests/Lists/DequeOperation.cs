using KvEmbedded.Lists;

namespace KvEmbedded.Tests.Lists;

/// <summary>One mutation, done to a deque and to a plain list.</summary>
/// <param name="Kind">Which.</param>
/// <param name="At">Where, or how many.</param>
/// <param name="Number">With which element.</param>
public readonly record struct DequeOperation(byte Kind, byte At, byte Number)
{
    private const int Kinds = 12;

    private byte[] Element => DequeWorld.ElementOf(Number);

    private ListEnd Side => At % 2 == 0 ? ListEnd.Head : ListEnd.Tail;

    internal void Apply(ListDeque list)
    {
        switch (Kind % Kinds)
        {
            case 0 or 1:
                list.Push(ListEnd.Head, Element);
                break;
            case 2 or 3:
                list.Push(ListEnd.Tail, Element);
                break;
            case 4 when list.Count > 0:
                list.Pop(ListEnd.Head);
                break;
            case 5 when list.Count > 0:
                list.Pop(ListEnd.Tail);
                break;
            case 6 or 7:
                list.Insert(At % (list.Count + 1), Element);
                break;
            case 8 when list.Count > 0:
                list.Set(At % list.Count, Element);
                break;
            case 9 when list.Count > 0:
                list.RemoveAt(At % list.Count);
                break;
            case 10:
                list.RemoveEqual(Element, 1 + (At / 2 % 4), Side);
                break;
            case 11:
                list.Remove(Side, At / 2 % (list.Count + 1));
                break;
        }
    }

    internal void Apply(List<string> model)
    {
        var element = DequeWorld.Text(Element);
        switch (Kind % Kinds)
        {
            case 0 or 1:
                model.Insert(0, element);
                break;
            case 2 or 3:
                model.Add(element);
                break;
            case 4 when model.Count > 0:
                model.RemoveAt(0);
                break;
            case 5 when model.Count > 0:
                model.RemoveAt(model.Count - 1);
                break;
            case 6 or 7:
                model.Insert(At % (model.Count + 1), element);
                break;
            case 8 when model.Count > 0:
                model[At % model.Count] = element;
                break;
            case 9 when model.Count > 0:
                model.RemoveAt(At % model.Count);
                break;
            case 10:
                for (var left = 1 + (At / 2 % 4); left > 0; left--)
                {
                    var found = Side == ListEnd.Head ? model.IndexOf(element) : model.LastIndexOf(element);
                    if (found >= 0) model.RemoveAt(found);
                }

                break;
            case 11:
                var removed = At / 2 % (model.Count + 1);
                model.RemoveRange(Side == ListEnd.Head ? 0 : model.Count - removed, removed);
                break;
        }
    }
}
